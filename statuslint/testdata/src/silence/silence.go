package silence

import "net/http"

func reported(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
}

func sameLine(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed) //statuslint:ignore S-405-allow the gateway adds it
}

func lineAbove(w http.ResponseWriter, r *http.Request) {
	//statuslint:ignore S-401-challenge,S-405-allow the gateway adds it
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func everyRule(w http.ResponseWriter, r *http.Request) {
	// want-next `S-ignore: the directive names no rule`
	//statuslint:ignore
	w.WriteHeader(http.StatusMethodNotAllowed)
	w.WriteHeader(http.StatusOK) //statuslint:ignore all
}

func block(w http.ResponseWriter, r *http.Request) {
	//statuslint:ignore S-405-allow everything in the statement below
	if r.Method != "GET" {
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// The whole function.
//
//statuslint:ignore S-405-allow the gateway adds it
func function(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func nolint(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed) //nolint:statuslint
}

func nolintSeveral(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed) //nolint:errcheck,statuslint // the gateway adds it
}

func nolintBare(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed) //nolint
}

// Directives about something else.
func others(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/a":
		w.WriteHeader(http.StatusMethodNotAllowed) /* //statuslint:ignore */ // want `S-405-allow: .*, and so are 3 more in this function`
	case "/b":
		//statuslint:ignore S-401-challenge another rule
		w.WriteHeader(http.StatusMethodNotAllowed)
	case "/c":
		//nolint:errcheck
		w.WriteHeader(http.StatusMethodNotAllowed)
	case "/d":
		// want-next `S-ignore: there is no directive "statuslint:ignored"`
		//statuslint:ignored
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}
