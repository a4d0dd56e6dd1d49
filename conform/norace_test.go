//go:build !race

package conform

// raceEnabled says that the race detector runs, which allocates on its own.
const raceEnabled = false

// gibibyte is what the tests of large content send.
const gibibyte = 1 << 30
