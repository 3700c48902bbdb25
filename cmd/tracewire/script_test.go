package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tracewire": main})
}

// The scripts in testdata/script run the program as a user does. All texts in
// them are invented. $EXAMPLES is the folder examples/brindle-dam.
func TestScripts(t *testing.T) {
	dir, err := filepath.Abs(examples)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", dir)
			e.Setenv("TRACEWIRE_STORE", "")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"mkbinary": mkBinary, "code": exitCode},
	})
}

// mkBinary writes a file that is no text: "mkbinary FILE".
func mkBinary(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mkbinary FILE")
	}
	raw := make([]byte, 2000)
	for i := range raw {
		raw[i] = byte(i * i * 7)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o644))
}

// exitCode runs a program and compares its exit code: "code 2 tracewire read".
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code NUMBER PROGRAM ARGUMENT…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if args[0] != strconv.Itoa(got) {
		ts.Fatalf("%v ended with code %d, not %s", args[1:], got, args[0])
	}
}
