package cli

import (
	"errors"
	"testing"
)

func TestSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "4096": 4096, "8GiB": 8 << 30, "500MB": 500_000_000, "1kib": 1024, "7 B": 7,
		"": -1, "x": -1, "-1": -1, "9999999999GiB": -1, "1.5GB": -1,
	} {
		var s Size
		err := s.UnmarshalText([]byte(text))
		if (err == nil) != (want >= 0) || err == nil && int64(s) != want {
			t.Errorf("size %q = %d, %v; want %d", text, s, err, want)
		}
	}
}

func TestZone(t *testing.T) {
	t.Parallel()
	for zone, ok := range map[string]bool{"": true, "Europe/Brussels": true, "Local": false, "Mars/Base": false, "../../etc/passwd": false} {
		d := Defaults{Zone: zone}
		_, err := d.Location()
		var usage *UsageError
		if (err == nil) != ok || err != nil && !errors.As(err, &usage) {
			t.Errorf("zone %q: %v", zone, err)
		}
	}
}

func TestConnectionFlagsThatDoNotGoTogether(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		c  Connection
		ok bool
	}{
		{Connection{}, true},
		{Connection{NATS: "nats://a", Creds: "x"}, true},
		{Connection{Context: "a", Creds: "x"}, false},
		{Connection{TLSCert: "x"}, false},
		{Connection{TLSCert: "x", TLSKey: "y"}, true},
		{Connection{Context: "a", InboxPrefix: "_INBOX_worker"}, true},
		{Connection{InboxPrefix: "inbox.worker.1"}, true},
		{Connection{InboxPrefix: "inbox."}, false},
		{Connection{InboxPrefix: "inbox..a"}, false},
		{Connection{InboxPrefix: "inbox.*"}, false},
		{Connection{InboxPrefix: ">"}, false},
		{Connection{InboxPrefix: "in box"}, false},
	} {
		if err := tt.c.Validate(); (err == nil) != tt.ok {
			t.Errorf("%+v: %v", tt.c, err)
		}
	}
}
