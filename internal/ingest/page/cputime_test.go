//go:build unix

package page

import (
	"syscall"
	"time"
)

// cpuTime is what the process has used: other work on the machine counts not.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
