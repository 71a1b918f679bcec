package lang

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"telex/internal/nlp/maxent"
)

// Judge is what was learned of events from articles annotated by hand. It is
// immutable.
type Judge struct {
	First  *maxent.Model // whether a candidate is an event, by itself
	Second *maxent.Model // the same, by what the first says of it and of those around it
	Sides  *maxent.Model // who stands on a side of an event
}

// Save writes the three models, one behind another.
func (j *Judge) Save(out io.Writer) error {
	for _, m := range []*maxent.Model{j.First, j.Second, j.Sides} {
		if err := m.Save(out); err != nil {
			return fmt.Errorf("write the judge of events: %w", err)
		}
	}
	return nil
}

// LoadJudge reads what Save wrote. An error says that the file is damaged or of
// another format.
func LoadJudge(in io.Reader) (*Judge, error) {
	r := bufio.NewReader(in)
	j := &Judge{}
	for _, m := range []**maxent.Model{&j.First, &j.Second, &j.Sides} {
		var err error
		*m, err = maxent.Load(r)
		switch {
		case errors.Is(err, io.EOF):
			return nil, fmt.Errorf("read the judge of events: it is cut short: %w", io.ErrUnexpectedEOF)
		case err != nil:
			return nil, fmt.Errorf("read the judge of events: %w", err)
		}
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, errors.New("read the judge of events: more follows where it should end")
	}
	return j, nil
}
