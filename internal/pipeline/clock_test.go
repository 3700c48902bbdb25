//go:build unix

package pipeline_test

import (
	"syscall"
	"time"
)

// processTime is the processor time that the process has used: unlike the
// clock on the wall it does not see what else a machine is busy with.
func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
