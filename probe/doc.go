// Package probe sends requests to a running server that show whether it
// conforms to HTTP, and checks the responses with package conform.
//
//	report, err := probe.Run(ctx, "https://api.example.com/orders/1", probe.Options{})
//	for _, r := range report.Results {
//		for _, f := range r.Findings {
//			fmt.Println(f.Severity, f.Rule, f.Message)
//		}
//		fmt.Println(r.Curl)
//	}
//
// In a test, one line does the same with a handler:
//
//	probe.Test(t, handler, "/orders/1", probe.Options{})
//
// It asks for the resource with GET and HEAD, with OPTIONS and with a method
// that is not registered; with conditions that are true and that are false; for
// ranges of every kind; for types, languages and codings that no server has;
// with a URI and a field that are far too long; without a Host and with two; in
// HTTP/1.0; for a path that is not there. It sends at most [Options.Max]
// requests, one at a time, to one origin, and only those that are safe, unless
// [Options.Write] allows others.
//
// Each answer is checked alone and beside the first one, by [conform.Check] and
// [conform.CheckPair]; [Rules] are the few that only a prober can judge. The
// command "httpstatus probe" prints what Run reports.
package probe
