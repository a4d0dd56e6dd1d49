// Package race says whether the race detector is on, which allocates for itself
// and takes its time. Only tests use it.
package race
