package deploy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Keys are made once; what would be overwritten or could not be used is refused.
func TestKeys(t *testing.T) {
	t.Parallel()
	s := &site{dir: t.TempDir()}
	keys := s.path("keys")
	first := s.must(t, "", "worker", "nkey", "--dir", keys, "worker", "publisher_ad_nl")
	if again := s.must(t, "", "worker", "nkey", "--dir", keys, "publisher_ad_nl"); !strings.HasSuffix(first, "\n"+again) || !strings.HasPrefix(again, `publisher_ad_nl: "U`) {
		t.Errorf("first %q, then %q", first, again)
	}
	for _, name := range []string{"keys/worker.nk", "keys/publisher_ad_nl.nk"} {
		if mode := s.mode(t, name); mode != 0o600 {
			t.Errorf("%s has the mode %o", name, mode)
		}
		if seed := s.read(t, name); !strings.HasPrefix(seed, "SU") || strings.Contains(first, strings.TrimSpace(seed)) {
			t.Errorf("%s is no seed of a user, or was printed", name)
		}
	}
	for _, name := range []string{"a-b", "1a", "../x", "a b", ""} {
		if r := s.run(t, "", "worker", "nkey", "--dir", keys, name); r.code != 2 {
			t.Errorf("name %q: exit %d, %s", name, r.code, r.stderr)
		}
	}
	if err := os.WriteFile(filepath.Join(keys, "spoilt.nk"), []byte("nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := s.run(t, "", "worker", "nkey", "--dir", keys, "spoilt"); r.code != 1 || !strings.Contains(r.stderr, "spoilt.nk holds no seed") {
		t.Errorf("a spoilt seed: exit %d, %s", r.code, r.stderr)
	}
}
