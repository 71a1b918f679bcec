package document

import "encoding/json"

// PeekID gives the id of a JSON document that Decode refused, as far as it can
// be found; "" if not.
func PeekID(body []byte) string {
	if len(body) > MaxMessage || !looksJSON(body) {
		return ""
	}
	var object struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(body, &object) != nil || len(object.ID) == 0 {
		return ""
	}
	var id string
	if !stringField(object.ID, &id, true) || len(id) > maxID {
		return ""
	}
	return id
}
