package ignore

import "net/http"

func bare(w http.ResponseWriter, r *http.Request) {
	// want-next `S-ignore: the directive names no rule; name those that it is about, or all`
	//statuslint:ignore
	w.WriteHeader(http.StatusUnauthorized)
}

func misspelt(w http.ResponseWriter, r *http.Request) {
	// want-next `S-ignore: the directive silences nothing: no rule "S-401-chalenge"; is S-401-challenge meant\?`
	//statuslint:ignore S-401-chalenge the gateway adds it
	w.WriteHeader(http.StatusUnauthorized) // want `S-401-challenge`
}

// want-next `S-ignore: there is no directive "statuslint:ignored"`
//statuslint:ignored S-401-challenge
