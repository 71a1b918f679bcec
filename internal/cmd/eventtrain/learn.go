package main

import (
	"telex/internal/event"
	"telex/internal/event/gold"
	"telex/internal/nlp/maxent"
)

// weight is how much a candidate of a text counts.
func (s settings) weight(t *text) float32 {
	if t.Article == 0 {
		return float32(s.sentence)
	}
	return 1
}

func (s settings) train(examples []maxent.Example, model int) *maxent.Model {
	return maxent.Train(examples, maxent.Settings{Epochs: s.epochs, Rate: s.rate, L2: s.l2[model], Fewest: s.fewest[model], Seed: s.seed})
}

// learnFirst learns the first look from all texts but those of a fold; -1 for all.
func (s settings) learnFirst(texts []*text, without int) *maxent.Model {
	var examples []maxent.Example
	for _, t := range texts {
		if t.fold == without {
			continue
		}
		for i, v := range t.right {
			if !v.open {
				examples = append(examples, maxent.Example{Features: t.lessons.Candidates[i].Features, Yes: v.yes, Weight: s.weight(t)})
			}
		}
	}
	return s.train(examples, 0)
}

// learnSecond learns the second look by jack-knife.
func (s settings) learnSecond(texts []*text) *maxent.Model {
	var examples []maxent.Example
	for fold := range s.folds {
		first := s.learnFirst(texts, fold)
		for _, t := range texts {
			if t.fold != fold || t.lessons == nil {
				continue
			}
			p := make([]float64, len(t.right))
			for i := range p {
				p[i] = first.Probability(t.lessons.Candidates[i].Features)
			}
			for i, features := range t.lessons.Second(p) {
				if v := t.right[i]; !v.open {
					examples = append(examples, maxent.Example{Features: features, Yes: v.yes, Weight: s.weight(t)})
				}
			}
		}
	}
	return s.train(examples, 1)
}

// learnSides learns who stands on a side from the candidates that tell an annotated
// event, also one that need not be coded.
func (s settings) learnSides(texts []*text) *maxent.Model {
	var examples []maxent.Example
	for _, t := range texts {
		for i, v := range t.right {
			if v.event < 0 {
				continue
			}
			e := &t.Events[v.event]
			for _, side := range t.lessons.Sides(i, func(x event.Side) int { return max(0, rightOption(e, x)) }) {
				if rightOption(e, side) < 0 {
					continue // there is nothing to choose
				}
				for o, features := range side.Features {
					examples = append(examples, maxent.Example{Features: features, Yes: gold.Agree(wanted(e, side), side.Codes[o]), Weight: s.weight(t)})
				}
			}
		}
	}
	return s.train(examples, 2)
}

func wanted(e *gold.Event, side event.Side) []string {
	if side.Actor {
		return e.Actors
	}
	return e.Recipients
}

// rightOption is the first option that is the annotated side; -1 for none.
func rightOption(e *gold.Event, side event.Side) int {
	for o := range side.Codes {
		if gold.Agree(wanted(e, side), side.Codes[o]) {
			return o
		}
	}
	return -1
}
