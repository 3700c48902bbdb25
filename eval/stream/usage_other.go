//go:build !unix

package stream

import "time"

var started = time.Now()

// cpuTime is the time on the wall, where the processor's is not to be had.
func cpuTime() time.Duration { return time.Since(started) }

func peak() uint64 { return 0 }
