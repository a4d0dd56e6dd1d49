package httpstatus_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// The benchmarks put a predicate beside the ways in which a program would answer
// the question without this package. Each round runs all of them over the same
// codes in turn, so that the ratios hold on a machine that does other things as
// well. The times are per code. A ratio such as array-x is the time of the
// predicate divided by that of the array.
//
//	go test -run=NONE -bench=. .

// benchCodes returns a mix without order, and long enough that the branches of a
// switch are not learned by heart: mostly registered codes, some that act by
// class, some invalid.
func benchCodes() []httpstatus.Code {
	r := rand.New(rand.NewPCG(1, 2))
	known := registered()
	codes := make([]httpstatus.Code, 4096)
	for i := range codes {
		switch r.IntN(10) {
		case 0:
			codes[i] = httpstatus.Code(100 + r.IntN(500))
		case 1:
			codes[i] = httpstatus.Code(r.IntN(1200) - 100)
		default:
			codes[i] = known[r.IntN(len(known))]
		}
	}
	return codes
}

// A way is one way to answer. It goes through all codes, since a call for each
// would cost more than most answers do.
type way struct {
	name string
	run  func(codes []httpstatus.Code)
}

// compare times each way, the first of which is the predicate. It reports the
// median time of each, and the median over the rounds of the ratio within a
// round, in which the machine was as busy for one as for the other.
func compare(b *testing.B, ways ...way) {
	b.Helper()
	codes := benchCodes()
	times := make([][]float64, len(ways))
	ratios := make([][]float64, len(ways))
	round := make([]float64, len(ways))
	for b.Loop() {
		for i, w := range ways {
			start := time.Now()
			w.run(codes)
			round[i] = float64(time.Since(start)) / float64(len(codes))
		}
		for i, t := range round {
			times[i] = append(times[i], t)
			ratios[i] = append(ratios[i], round[0]/t)
		}
	}
	b.ReportMetric(0, "ns/op") // of all ways together, which means nothing
	for i, w := range ways {
		b.ReportMetric(median(times[i]), w.name+"-ns")
		if i > 0 {
			b.ReportMetric(median(ratios[i]), w.name+"-x")
		}
	}
}

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
}

func BenchmarkIsValid(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsValid,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsValid()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isValidSwitch(int(c))
			}
		})
}

func BenchmarkIsRegistered(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsRegistered,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRegistered()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isRegisteredSwitch(int(c))
			}
		})
}

func BenchmarkIsInformational(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsInformational,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsInformational()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isInformationalSwitch(int(c))
			}
		})
}

func BenchmarkIsSuccess(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsSuccess,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsSuccess()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isSuccessSwitch(int(c))
			}
		})
}

func BenchmarkIsRedirection(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsRedirection,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRedirection()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isRedirectionSwitch(int(c))
			}
		})
}

func BenchmarkIsClientError(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsClientError,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsClientError()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isClientErrorSwitch(int(c))
			}
		})
}

func BenchmarkIsServerError(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsServerError,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsServerError()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isServerErrorSwitch(int(c))
			}
		})
}

func BenchmarkIsError(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsError,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsError()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isErrorSwitch(int(c))
			}
		})
}

func BenchmarkIsCacheable(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsCacheable,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsCacheable()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isCacheableSwitch(int(c))
			}
		})
}

func BenchmarkForbidsStorage(b *testing.B) {
	comparePredicate(b, httpstatus.Code.ForbidsStorage,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.ForbidsStorage()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = forbidsStorageSwitch(int(c))
			}
		})
}

func BenchmarkAllowsContent(b *testing.B) {
	comparePredicate(b, httpstatus.Code.AllowsContent,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.AllowsContent()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = allowsContentSwitch(int(c))
			}
		})
}

func BenchmarkIsRetryable(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsRetryable,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRetryable()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isRetryableSwitch(int(c))
			}
		})
}

func BenchmarkIsRedirect(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsRedirect,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRedirect()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isRedirectSwitch(int(c))
			}
		})
}

func BenchmarkIsPermanent(b *testing.B) {
	comparePredicate(b, httpstatus.Code.IsPermanent,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsPermanent()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = isPermanentSwitch(int(c))
			}
		})
}

func BenchmarkPreservesMethod(b *testing.B) {
	comparePredicate(b, httpstatus.Code.PreservesMethod,
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.PreservesMethod()
			}
		},
		func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = preservesMethodSwitch(int(c))
			}
		})
}

// Two questions to one code share the load.
func BenchmarkTwoPredicates(b *testing.B) {
	compare(b,
		way{"two", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRetryable() || c.IsCacheable()
			}
		}},
		way{"one", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.IsRetryable()
			}
		}},
	)
}

func BenchmarkClass(b *testing.B) {
	compare(b,
		way{"class", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkInt = int(c.Class())
			}
		}},
		way{"division", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkInt = int(c) / 100
			}
		}},
		way{"shift", func(codes []httpstatus.Code) { // for codes that are valid
			for _, c := range codes {
				sinkInt = int(uint32(c) * 5243 >> 19)
			}
		}},
	)
}

func BenchmarkPhrase(b *testing.B) {
	phrases := map[int]string{}
	for c := range httpstatus.All() {
		phrases[int(c)] = c.Phrase()
	}
	compare(b,
		way{"phrase", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkInt = len(c.Phrase())
			}
		}},
		statusText,
		way{"map", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkInt = len(phrases[int(c)])
			}
		}},
	)
}

func BenchmarkRequiresHeader(b *testing.B) {
	compare(b,
		way{"requires", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = c.RequiresHeader("Retry-After")
			}
		}},
		statusText,
	)
}

// BenchmarkString is for the registered codes, whose text is there already; that
// of another code is written out.
func BenchmarkString(b *testing.B) {
	codes := registered()
	for i := 0; b.Loop(); i++ {
		sinkString = codes[i%len(codes)].String()
	}
}

func BenchmarkAll(b *testing.B) {
	for b.Loop() {
		for c := range httpstatus.All() {
			sinkInt += int(c)
		}
	}
}

func BenchmarkMissingHeaders(b *testing.B) {
	h := http.Header{"Content-Type": {"text/html"}, "Allow": {"GET"}, "Date": {"x"}, "Www-Authenticate": {"Basic"}}
	codes := []httpstatus.Code{200, 401, 404, 405, 503}
	for i := 0; b.Loop(); i++ {
		sinkBool = codes[i%len(codes)].MissingHeaders(h) == nil
	}
}

// comparePredicate puts a predicate beside an array of the same answers, a map
// that has them for the registered codes, a switch, and http.StatusText, which
// is what a lookup costs there. The loops of the predicate and the switch are the
// caller's, so that both are inlined; is only fills the tables.
func comparePredicate(b *testing.B, is func(httpstatus.Code) bool, predicate, bySwitch func([]httpstatus.Code)) {
	b.Helper()
	var array [600]bool
	answers := map[int]bool{}
	for c := range httpstatus.Code(len(array)) {
		array[c] = is(c)
		if c.IsRegistered() {
			answers[int(c)] = is(c)
		}
	}
	compare(b,
		way{"predicate", predicate},
		way{"array", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = uint(c) < uint(len(array)) && array[c]
			}
		}},
		way{"switch", bySwitch},
		way{"map", func(codes []httpstatus.Code) {
			for _, c := range codes {
				sinkBool = answers[int(c)]
			}
		}},
		statusText,
	)
}

var statusText = way{"StatusText", func(codes []httpstatus.Code) {
	for _, c := range codes {
		sinkInt = len(http.StatusText(int(c)))
	}
}}

// The switches, as one writes them by hand. TestSwitches holds that they answer
// as the predicates do, so that the comparison is one.
func isValidSwitch(c int) bool {
	switch c / 100 {
	case 1, 2, 3, 4, 5:
		return true
	}
	return false
}

func isRegisteredSwitch(c int) bool {
	switch c {
	case 100, 101, 102, 103, 104, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302,
		303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412,
		413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502,
		503, 504, 505, 506, 507, 508, 510, 511:
		return true
	}
	return false
}

func isInformationalSwitch(c int) bool {
	switch c / 100 {
	case 1:
		return true
	}
	return false
}

func isSuccessSwitch(c int) bool {
	switch c / 100 {
	case 2:
		return true
	}
	return false
}

func isRedirectionSwitch(c int) bool {
	switch c / 100 {
	case 3:
		return true
	}
	return false
}

func isClientErrorSwitch(c int) bool {
	switch c / 100 {
	case 4:
		return true
	}
	return false
}

func isServerErrorSwitch(c int) bool {
	switch c / 100 {
	case 5:
		return true
	}
	return false
}

func isErrorSwitch(c int) bool {
	switch c / 100 {
	case 4, 5:
		return true
	}
	return false
}

func isCacheableSwitch(c int) bool {
	switch c {
	case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501:
		return true
	}
	return false
}

func forbidsStorageSwitch(c int) bool {
	switch c {
	case 428, 429, 431, 511:
		return true
	}
	return 100 <= c && c <= 199
}

func allowsContentSwitch(c int) bool {
	switch c {
	case 204, 205, 304:
		return false
	}
	return c < 100 || c > 199
}

func isRetryableSwitch(c int) bool {
	switch c {
	case 408, 425, 429, 500, 502, 503, 504:
		return true
	case 501, 505, 506, 507, 508, 510, 511:
		return false
	}
	return 500 <= c && c <= 599
}

func isRedirectSwitch(c int) bool {
	switch c {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

func isPermanentSwitch(c int) bool {
	switch c {
	case 301, 308:
		return true
	}
	return false
}

func preservesMethodSwitch(c int) bool {
	switch c {
	case 307, 308:
		return true
	}
	return false
}

var sinkInt int

func TestSwitches(t *testing.T) {
	for _, c := range sweep() {
		for _, test := range []struct {
			name      string
			predicate bool
			bySwitch  bool
		}{
			{"IsValid", c.IsValid(), isValidSwitch(int(c))},
			{"IsRegistered", c.IsRegistered(), isRegisteredSwitch(int(c))},
			{"IsInformational", c.IsInformational(), isInformationalSwitch(int(c))},
			{"IsSuccess", c.IsSuccess(), isSuccessSwitch(int(c))},
			{"IsRedirection", c.IsRedirection(), isRedirectionSwitch(int(c))},
			{"IsClientError", c.IsClientError(), isClientErrorSwitch(int(c))},
			{"IsServerError", c.IsServerError(), isServerErrorSwitch(int(c))},
			{"IsError", c.IsError(), isErrorSwitch(int(c))},
			{"IsCacheable", c.IsCacheable(), isCacheableSwitch(int(c))},
			{"ForbidsStorage", c.ForbidsStorage(), forbidsStorageSwitch(int(c))},
			{"AllowsContent", c.AllowsContent(), allowsContentSwitch(int(c))},
			{"IsRetryable", c.IsRetryable(), isRetryableSwitch(int(c))},
			{"IsRedirect", c.IsRedirect(), isRedirectSwitch(int(c))},
			{"IsPermanent", c.IsPermanent(), isPermanentSwitch(int(c))},
			{"PreservesMethod", c.PreservesMethod(), preservesMethodSwitch(int(c))},
		} {
			assert.Equal(t, test.predicate, test.bySwitch, "%s of %d", test.name, int(c))
		}
	}
}
