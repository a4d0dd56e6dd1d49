//go:build !race

package httpstatus_test

const raceEnabled = false
