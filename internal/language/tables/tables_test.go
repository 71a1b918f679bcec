package tables

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestNotice holds that NOTICE speaks of the tables that are here.
func TestNotice(t *testing.T) {
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(Files, "*.bin")
	if err != nil || len(names) != 4 {
		t.Fatalf("tables %v, %v", names, err)
	}
	for _, name := range names {
		data, err := Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name); !strings.Contains(string(notice), line) {
			t.Errorf("NOTICE lacks the line %s", line)
		}
	}
}
