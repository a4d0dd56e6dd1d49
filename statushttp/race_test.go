//go:build race

package statushttp_test

const raceEnabled = true // the race detector makes sync.Pool forget at random
