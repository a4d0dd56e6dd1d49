package carrier

import "example.com/httpstatus"

var errLoginRight = httpstatus.Unauthorized.New("login", "Log in first.").WithChallenge("Bearer")
