package bench

import (
	"flag"
	"slices"
	"testing"
	"time"
)

var allocations = flag.Bool("allocs", true, "report allocations per operation of each way")

// A way is one way to do a thing. It does it once for each of the inputs, since
// a call for each would cost more than the shorter ones take. The first way of a
// comparison is that of httpstatus.
type way struct {
	name string
	run  func()
}

// compare runs the ways in turn, over and over, and reports for each:
//
//	NAME-ns      the median time for one of the n inputs
//	NAME-x       the time of the first way divided by that of this one: the
//	             median over the rounds of the ratio within a round, in which the
//	             machine was as busy for one as for the other
//	NAME-allocs  allocations for one of the inputs
func compare(b *testing.B, n int, ways ...way) { compareBy(b, n, true, ways) }

func compareBy(b *testing.B, n int, firstByEach bool, ways []way) {
	b.Helper()
	times := make([][]float64, len(ways))
	ratios := make([][]float64, len(ways))
	round := make([]float64, len(ways))
	turns := 1
	for _, w := range ways { // once outside, to fill the pools
		turns = max(turns, turnsFor(w))
	}
	for i := 0; b.Loop(); i++ {
		for j := range ways {
			j = (i + j) % len(ways) // none is always the first after a collection
			start := time.Now()
			for range turns {
				ways[j].run()
			}
			round[j] = float64(time.Since(start)) / float64(n*turns)
		}
		for j, t := range round {
			times[j] = append(times[j], t)
			if firstByEach {
				ratios[j] = append(ratios[j], round[0]/t)
			} else {
				ratios[j] = append(ratios[j], t/round[0])
			}
		}
	}
	b.ReportMetric(0, "ns/op") // of all ways together, which means nothing
	for i, w := range ways {
		b.ReportMetric(median(times[i]), w.name+"-ns")
		if i > 0 {
			b.ReportMetric(median(ratios[i]), w.name+map[bool]string{true: "-x", false: "-of"}[firstByEach])
		}
		if *allocations {
			b.ReportMetric(testing.AllocsPerRun(50, w.run)/float64(n), w.name+"-allocs")
		}
	}
}

// compareOf is compare, but for the ratios, which are those of each way to the
// first: NAME-of is the time of NAME divided by that of the first way.
func compareOf(b *testing.B, n int, ways ...way) { compareBy(b, n, false, ways) }

// turnsFor returns how often to run a way so that it takes so long that reading
// the clock does not count.
func turnsFor(w way) int {
	w.run()
	start := time.Now()
	w.run()
	took := max(time.Since(start), 1)
	return int(min(10*time.Microsecond/took+1, 100))
}

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
}

// What is stored here is not optimized away.
var (
	sinkInt   int
	sinkBool  bool
	sinkBytes []byte
	sinkAny   any
)
