// Package fastjson is a stand-in for a package with json's functions.
package fastjson

import "io"

type Decoder struct{}

func NewDecoder(r io.Reader) *Decoder    { return &Decoder{} }
func (d *Decoder) Decode(v any) error    { return nil }
func Unmarshal(data []byte, v any) error { return nil }
