package nl

import "testing"

func TestTimesLoad(t *testing.T) {
	t.Parallel()
	if _, err := times(); err != nil {
		t.Fatal(err)
	}
}
