package source

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// defaultQuiet is how long a file must stay unchanged before it is taken.
const defaultQuiet = 500 * time.Millisecond

// watch reads the paths and then every file that is written or moved into the
// folders among them, once its writing has ended, until the context ends.
//
// Writing has ended when size and time of change stand still for Quiet and, on
// Linux, no process has the file open for writing. Better still is to write
// under a hidden name and to rename: such a file is whole from the start.
func (r *reader) watch() {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		r.fail("watch", fmt.Errorf("watch folders: %w (the system may be out of inotify instances)", err))
		return
	}
	defer w.Close()
	s := &watcher{reader: r, notify: w, pending: newSettler(cmp.Or(r.in.Quiet, defaultQuiet)), taken: map[string]stamp{}}
	r.folder = func(dir string) error {
		if err := w.Add(dir); err != nil {
			return fmt.Errorf("watch folder %s: %w (the system may be out of inotify watches)", dir, err)
		}
		return nil
	}
	r.file = s.first
	for _, p := range r.in.Paths {
		if !r.path(p) {
			return
		}
	}
	r.file = s.later
	if r.in.Ready != nil {
		r.in.Ready()
	}
	s.loop()
}

// watcher is the state of a watch.
type watcher struct {
	*reader
	notify  *fsnotify.Watcher
	pending *settler
	taken   map[string]stamp // what each file was when it was last read
}

// stamp tells one state of a file from another.
type stamp struct {
	size int64
	mod  time.Time
}

func stampOf(info os.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// first reads a file on the first pass, unless somebody is still writing it.
func (w *watcher) first(path string, k kind, info os.FileInfo) bool {
	if info.Mode().IsRegular() && beingWritten(path) {
		return w.later(path, k, info)
	}
	w.taken[path] = stampOf(info)
	return w.open(path, k)
}

// later notes a file to be looked at when it has been quiet for long enough.
func (w *watcher) later(path string, _ kind, info os.FileInfo) bool {
	if s := stampOf(info); w.taken[path] != s {
		w.pending.touch(path, s, time.Now())
	}
	return true
}

// loop waits for changes and for files to come to rest. It sleeps in between:
// with nothing pending only a change wakes it.
func (w *watcher) loop() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		timer.Stop()
		if due, ok := w.pending.next(); ok {
			timer.Reset(time.Until(due))
		}
		select {
		case <-w.ctx.Done():
			return
		case ev, ok := <-w.notify.Events:
			if !ok || !w.changed(ev) {
				return
			}
		case err, ok := <-w.notify.Errors:
			if !ok || !w.lost(err) {
				return
			}
		case <-timer.C:
			if !w.settle(time.Now()) {
				return
			}
		}
	}
}

// changed takes note of one event.
func (w *watcher) changed(ev fsnotify.Event) bool {
	if ev.Has(fsnotify.Remove) || ev.Has(fsnotify.Rename) {
		delete(w.taken, ev.Name)
		return true
	}
	if hidden(filepath.Base(ev.Name)) || !ev.Has(fsnotify.Create) && !ev.Has(fsnotify.Write) {
		return true
	}
	info, err := os.Lstat(ev.Name)
	if err != nil {
		return true // gone again
	}
	if info.IsDir() {
		return w.dir(ev.Name) // files may have come before the watch
	}
	return w.entry(ev.Name)
}

// lost goes over all folders again after events were lost.
func (w *watcher) lost(err error) bool {
	if !w.fail("watch", fmt.Errorf("watch folders: %w (looking at all files again)", err)) {
		return false
	}
	for _, p := range w.in.Paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() && !w.dir(p) {
			return false
		}
	}
	return true
}

// settle reads the files that have come to rest.
func (w *watcher) settle(now time.Time) bool {
	for _, f := range w.pending.due(now) {
		info, err := os.Stat(f.path)
		if err != nil {
			continue // removed before it was whole
		}
		if s := stampOf(info); s != f.seen || beingWritten(f.path) {
			w.pending.touch(f.path, s, now)
			continue
		}
		w.taken[f.path] = f.seen
		if !w.open(f.path, kindOf(f.path)) {
			return false
		}
	}
	return true
}

// settler knows which files changed, and when each has been quiet for long
// enough. It reads no clock. All files wait equally long, so the order in which
// they were touched is the order in which they fall due.
type settler struct {
	quiet time.Duration
	files map[string]unrest
	queue []turn // one for each file waiting; a file touched again is put back when its turn comes
}

type unrest struct {
	seen stamp
	due  time.Time
}

type turn struct {
	path string
	due  time.Time
}

// rested is a file that has been quiet since it was seen.
type rested struct {
	path string
	seen stamp
}

func newSettler(quiet time.Duration) *settler {
	return &settler{quiet: quiet, files: map[string]unrest{}}
}

// touch notes that the file was in state st at now.
func (s *settler) touch(path string, st stamp, now time.Time) {
	due := now.Add(s.quiet)
	if _, waiting := s.files[path]; !waiting {
		s.queue = append(s.queue, turn{path, due})
	}
	s.files[path] = unrest{st, due}
}

// due takes out the files that have been quiet up to now.
func (s *settler) due(now time.Time) []rested {
	var out []rested
	for len(s.queue) > 0 && !s.queue[0].due.After(now) {
		t := s.queue[0]
		s.queue = s.queue[1:]
		u := s.files[t.path]
		if u.due.After(now) {
			s.queue = append(s.queue, turn{t.path, u.due})
			continue
		}
		delete(s.files, t.path)
		out = append(out, rested{t.path, u.seen})
	}
	return out
}

// next is the earliest moment at which a file may be due.
func (s *settler) next() (time.Time, bool) {
	if len(s.queue) == 0 {
		return time.Time{}, false
	}
	return s.queue[0].due, true
}
