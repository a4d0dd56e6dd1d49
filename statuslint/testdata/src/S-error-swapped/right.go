package swapped

import "example.com/httpstatus"

var errUserRight = httpstatus.NotFound.New("user_not_found", "No such user.")
