//go:build race

package conform

// raceEnabled says that the race detector runs, which allocates on its own.
const raceEnabled = true

// gibibyte is less than its name says, since everything is slower.
const gibibyte = 1 << 26
