//go:build race

package httpstatus_test

// raceEnabled is set under the race detector, which makes allocations of its own.
const raceEnabled = true
