package httpstatus_test

import (
	"encoding/json"
	"fmt"

	"example.com/httpstatus"
)

// A configuration names a status code as its author knows it: by number, by
// phrase, or by a phrase of former times.
func ExampleParse() {
	for _, s := range []string{"404", "404 Not Found", "not_found", "Payload Too Large", "471", "600", "200 Not Found"} {
		c, err := httpstatus.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c)
	}
	// Output:
	// 404 Not Found
	// 404 Not Found
	// 404 Not Found
	// 413 Content Too Large
	// 471
	// httpstatus: parsing "600": outside 100 to 599
	// httpstatus: parsing "200 Not Found": the phrase is that of 404
}

// A dashboard shows what a code means, and what it is mistaken for.
func ExampleDescribe() {
	d := httpstatus.Describe(httpstatus.Gone)
	fmt.Println(d.Code, "-", d.Reference)
	for _, other := range d.NotToBeConfusedWith {
		fmt.Println(other.Code, "-", other.How)
	}

	// One that is not registered has the card of its class.
	fmt.Println(httpstatus.Describe(471).Reference)
	// Output:
	// 410 Gone - RFC 9110, Section 15.5.11
	// 301 Moved Permanently - Send 301 when it lives on elsewhere.
	// 404 Not Found - Send 404 when you do not know whether it is for good, or whether it was ever there.
	// RFC 9110, Section 15.5
}

// Some services send the status as a number, and some as a string.
func ExampleCode_UnmarshalJSON() {
	var events []struct {
		Status httpstatus.Code `json:"status"`
	}
	if err := json.Unmarshal([]byte(`[{"status":404},{"status":"503"},{"status":799}]`), &events); err != nil {
		fmt.Println(err)
	}
	for _, e := range events {
		fmt.Println(e.Status, e.Status.IsValid())
	}
	text, _ := json.Marshal(events)
	fmt.Println(string(text))
	// Output:
	// 404 Not Found true
	// 503 Service Unavailable true
	// 799 false
	// [{"status":404},{"status":503},{"status":799}]
}
