package source

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// beingWritten tells whether some process has the file open for writing. Linux
// grants a read lease (fcntl(2), F_SETLEASE) only when nobody does. Where leases
// are not to be had, on other people's files and on some network file systems,
// the answer is no, and only the file's quiet counts.
func beingWritten(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	if _, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_RDLCK); err != nil {
		return errors.Is(err, unix.EAGAIN)
	}
	_, _ = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK) // closing drops it as well
	return false
}
