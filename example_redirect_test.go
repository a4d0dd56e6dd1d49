package httpstatus_test

import (
	"fmt"

	"example.com/httpstatus"
)

// A DELETE met a redirect. What is sent next, and by whom?
func ExampleRedirectStep_Plan() {
	for _, code := range []httpstatus.Code{301, 303, 307} {
		s := httpstatus.RedirectStep{
			Status:   code,
			Method:   "DELETE",
			URL:      "https://api.example/users/42",
			Location: []string{"../people/42"},
		}
		ours := s.Plan(httpstatus.RedirectPolicy{})
		theirs := s.Plan(httpstatus.NetHTTPRedirects())
		fmt.Printf("%v: %s %s; net/http would send %s\n", code, ours.Method, ours.URL, theirs.Method)
	}
	// Output:
	// 301 Moved Permanently: DELETE https://api.example/people/42; net/http would send GET
	// 303 See Other: GET https://api.example/people/42; net/http would send GET
	// 307 Temporary Redirect: DELETE https://api.example/people/42; net/http would send DELETE
}

// Which redirects are not safe to follow, and why?
func ExampleRedirectStep_Plan_refused() {
	for _, location := range []string{
		"https://api.example/next",
		"http://api.example/next",
		"https://api.example@evil.example/",
		`/\evil.example/`,
		"",
	} {
		plan := httpstatus.RedirectStep{
			Status:   302,
			URL:      "https://api.example/",
			Location: []string{location},
		}.Plan(httpstatus.RedirectPolicy{})
		fmt.Printf("%q: %v: %v\n", location, plan.Action, plan.Reason)
	}
	// Output:
	// "https://api.example/next": follow: the request is sent again to the new URI
	// "http://api.example/next": refuse: the Location leads from https to http
	// "https://api.example@evil.example/": refuse: the Location contains user information
	// "/\\evil.example/": refuse: the Location contains a backslash, about which parsers disagree
	// "": return: the response names no Location
}

// A chain leaves for another origin and comes back. Which fields may go along?
func ExampleRedirectPlan() {
	policy := httpstatus.RedirectPolicy{SensitiveHeaders: []string{"X-Api-Key"}}
	s := httpstatus.RedirectStep{Status: 307, URL: "https://shop.example/pay"}
	for _, location := range []string{"/pay/card", "https://bank.example/3ds", "https://shop.example/done"} {
		s.Location = []string{location}
		plan := s.Plan(policy)
		fmt.Println(plan.URL, plan.DropHeaders)
		s.URL, s.Followed, s.CrossedOrigin = plan.URL, s.Followed+1, plan.CrossedOrigin
	}
	// Output:
	// https://shop.example/pay/card []
	// https://bank.example/3ds [Authorization Cookie Proxy-Authorization X-Api-Key]
	// https://shop.example/done [Authorization Cookie Proxy-Authorization X-Api-Key]
}

// A server sends spaces and brackets in Location, and is to be humoured.
func ExampleRedirectPolicy() {
	s := httpstatus.RedirectStep{Status: 302, URL: "https://old.example/", Location: []string{"/search?q=a b&tag[]=c"}}
	fmt.Println(s.Plan(httpstatus.RedirectPolicy{}).Reason)
	fmt.Println(s.Plan(httpstatus.RedirectPolicy{RepairLocation: true}).URL)
	// Output:
	// the Location is not a valid URI reference
	// https://old.example/search?q=a%20b&tag%5B%5D=c
}
