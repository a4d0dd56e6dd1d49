package httpstatus_test

import (
	"math"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

// sweep returns the codes that the predicates are tried with: every int from -1
// to 1100, and the extremes at which a narrower type or a sum would wrap round
// to a number that is a status code.
func sweep() []httpstatus.Code {
	var codes []httpstatus.Code
	for c := httpstatus.Code(-1); c <= 1100; c++ {
		codes = append(codes, c)
	}
	codes = append(codes,
		math.MinInt, math.MinInt+1, math.MinInt+404, math.MinInt32, math.MinInt16,
		-65136,               // 400 in 16 bits
		-404, -200, -112, -2, // 144 and so on in 8 bits, and a lost sign
		math.MaxInt16, math.MaxUint16, 65736, // 200 in 16 bits
		65536+404, 1<<20+404, 1<<24+503,
		math.MaxInt32, math.MaxInt-1, math.MaxInt,
	)
	if strconv.IntSize == 64 {
		wide := int64(1<<32 + 404) // a variable, as the constant is no int where int has 32 bits
		codes = append(codes, httpstatus.Code(wide), httpstatus.Code(-wide), httpstatus.Code(wide<<8))
	}
	return codes
}

// registered returns the codes that the oracle knows, in increasing order.
func registered() []httpstatus.Code {
	var codes []httpstatus.Code
	for c := range 1100 {
		if reference.IsRegistered(c) {
			codes = append(codes, httpstatus.Code(c))
		}
	}
	return codes
}
