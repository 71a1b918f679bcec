package nl

import "testing"

// TestEventTables holds the tables to what the README beside them promises.
func TestEventTables(t *testing.T) {
	e, err := events()
	if err != nil {
		t.Fatal(err)
	}
	if n := e.Patterns(); n < 1500 {
		t.Errorf("%d patterns, fewer than 1,500", n)
	}
	for word, want := range map[string]string{"politie": "COP", "oproerpolitie": "COP", "betoger": "CVL", "drugsbende": "CRM"} {
		if got, _ := e.Actor(word); got != want {
			t.Errorf("Actor(%q) is %q, not %q", word, got, want)
		}
	}
	if got, _ := e.Body("Europese Unie"); got != "IGOEUR" {
		t.Errorf("the European Union is %q", got)
	}
}
