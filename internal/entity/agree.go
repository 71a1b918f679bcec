package entity

func (r *reading) agreeNames() {}
