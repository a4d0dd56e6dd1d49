package swapped

import "example.com/httpstatus"

// Both empty mean the phrase, and a message may be one word.
var errPlain = httpstatus.NotFound.New("", "")

var errShort = httpstatus.NotFound.New("gone", "Gone")

var errTwoWords = httpstatus.NotFound.New("user not found", "No such user.")
