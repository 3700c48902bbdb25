//go:build unix

package stream

import (
	"runtime"
	"syscall"
	"time"
)

// cpuTime is the processor time of all threads so far, user and system.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the most memory that the process has held, in bytes; 0 if unknown.
func peak() uint64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil || runtime.GOOS != "linux" {
		return 0
	}
	return uint64(u.Maxrss) * 1024
}
