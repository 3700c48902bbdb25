//go:build !unix

package page

import "time"

func cpuTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
