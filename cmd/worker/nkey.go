package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/nats-io/nkeys"
)

type nkeyCmd struct {
	Dir   string   `default:"." type:"path" placeholder:"DIR" help:"Folder for the seeds, NAME.nk each, made if missing (.)."`
	Users []string `arg:"" name:"USER" help:"Names of users: letters, digits and _, a letter first."`
}

var userName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// Validate finds names that the configuration of a server could not refer to.
func (c *nkeyCmd) Validate() error {
	for _, name := range c.Users {
		if !userName.MatchString(name) {
			return fmt.Errorf("%q is no name of letters, digits and _ with a letter first", name)
		}
	}
	return nil
}

// Run is the command.
func (c *nkeyCmd) Run() error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the seeds (--dir): %w", err)
	}
	for _, name := range c.Users {
		public, err := publicKey(filepath.Join(c.Dir, name+".nk"))
		if err != nil {
			return fmt.Errorf("make the key of %s: %w", name, err)
		}
		if _, err := fmt.Printf("%s: %q\n", name, public); err != nil {
			return err
		}
	}
	return nil
}

// publicKey is that of the seed in a file, which it makes if there is none.
func publicKey(path string) (string, error) {
	seed, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		seed, err = newSeed(path)
	}
	if err != nil {
		return "", err
	}
	pair, err := nkeys.ParseDecoratedUserNKey(seed)
	if err != nil {
		return "", fmt.Errorf("%s holds no seed of a user: %w", path, err)
	}
	return pair.PublicKey()
}

func newSeed(path string) ([]byte, error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return nil, err
	}
	seed, err := pair.Seed()
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(append(seed, '\n'))
	return seed, errors.Join(err, f.Close())
}
