package bench

import (
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/gofiber/utils/v2"

	"example.com/httpstatus"
)

// BenchmarkPhrase looks up phrases. gofiber/utils has them in an array, and
// net/http in a switch; peers_test.go says which of them are out of date.
func BenchmarkPhrase(b *testing.B) {
	codes := mixedCodes()
	compare(b, len(codes),
		way{"httpstatus", func() {
			for _, c := range codes {
				sinkInt = len(httpstatus.Code(c).Phrase())
			}
		}},
		way{"net/http", func() {
			for _, c := range codes {
				sinkInt = len(http.StatusText(c))
			}
		}},
		way{"gofiber/utils", func() {
			for _, c := range codes {
				sinkInt = len(utils.StatusMessage(c))
			}
		}},
	)
}

// BenchmarkClass compares with what people write, and with the least that a
// class can cost: a multiplication and a shift, which is right for valid codes
// alone.
func BenchmarkClass(b *testing.B) {
	codes := mixedCodes()
	compare(b, len(codes),
		way{"httpstatus", func() {
			for _, c := range codes {
				sinkInt = int(httpstatus.Code(c).Class())
			}
		}},
		way{"multiply-and-shift", func() {
			for _, c := range codes {
				sinkInt = int(uint32(c) * 5243 >> 19)
			}
		}},
		way{"division", func() {
			for _, c := range codes {
				sinkInt = c / 100
			}
		}},
	)
}

// mixedCodes returns codes in an order that no branch predictor learns: mostly
// registered ones, some that act by class, some invalid, none that is negative,
// for which gofiber/utils is not made.
func mixedCodes() []int {
	r := rand.New(rand.NewPCG(1, 2))
	var known []int
	for c := range httpstatus.All() {
		known = append(known, int(c))
	}
	codes := make([]int, 1024)
	for i := range codes {
		switch r.IntN(10) {
		case 0:
			codes[i] = 100 + r.IntN(500)
		case 1:
			codes[i] = r.IntN(1000)
		default:
			codes[i] = known[r.IntN(len(known))]
		}
	}
	return codes
}
