//go:build !race

package conform

// raceEnabled says that the race detector runs, which allocates on its own.
const raceEnabled = false
