package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"telex/internal/stream"
)

// lettersAtOnce is how many letters are worked on at once: each waits for the
// server to write to disk twice.
const lettersAtOnce = 8

// atOnce hands the letters that feed gives to do, several at once. It stops at
// the first error, and gives it.
func atOnce(ctx context.Context, feed func(context.Context, func(*stream.StoredLetter) error) error,
	do func(context.Context, *stream.StoredLetter) error) error {
	feeding, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	letters := make(chan *stream.StoredLetter)
	var busy sync.WaitGroup
	for range lettersAtOnce {
		busy.Go(func() {
			for l := range letters {
				if err := do(ctx, l); err != nil {
					stop(err)
				}
			}
		})
	}
	err := feed(feeding, func(l *stream.StoredLetter) error {
		select {
		case letters <- l:
			return nil
		case <-feeding.Done():
			return context.Cause(feeding)
		}
	})
	close(letters)
	busy.Wait()
	if cause := context.Cause(feeding); cause != nil {
		return cause
	}
	return err
}

// progressEvery is the time between lines that say how far a command is.
const progressEvery = 5 * time.Second

// progress writes a line of report to standard error now and then, until the
// function that it gives is called.
func progress(report func() string) (end func()) {
	ended := make(chan struct{})
	var line sync.WaitGroup
	line.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case <-tick.C:
				fmt.Fprintln(os.Stderr, report())
			}
		}
	})
	return func() { close(ended); line.Wait() }
}
