package carrier

import "net/http"

type failure struct{ status int }

func (f failure) ServeHTTP(w http.ResponseWriter, r *http.Request) { w.WriteHeader(f.status) }

var tooOld = failure{status: http.StatusUpgradeRequired} // want `S-426-carrier`
