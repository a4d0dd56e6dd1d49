//go:build !race

package statushttp_test

const raceEnabled = false
