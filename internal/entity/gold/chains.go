package gold

import "telex/internal/document"

// BCubed is the precision and recall of chains over mentions (Bagga & Baldwin
// 1998), summed over articles.
type BCubed struct {
	Precision, Recall float64 // sums over the mentions of the system and of gold
	Gold, System      int     // mentions
}

// F1 is the harmonic mean of precision and recall, in percent.
func (b BCubed) F1() float64 {
	if b.Gold == 0 || b.System == 0 {
		return 0
	}
	p, r := b.Precision/float64(b.System), b.Recall/float64(b.Gold)
	if p+r == 0 {
		return 0
	}
	return 200 * p * r / (p + r)
}

// Add scores the names of an article: gold and system say for each mention of
// which chain it is. A mention that only one of them has counts as wrong there.
func (b *BCubed) Add(gold, system map[document.Span]int) {
	goldSize, systemSize, both := map[int]int{}, map[int]int{}, map[[2]int]int{}
	for s, g := range gold {
		goldSize[g]++
		if k, ok := system[s]; ok {
			both[[2]int{g, k}]++
		}
	}
	for _, k := range system {
		systemSize[k]++
	}
	b.Gold += len(gold)
	b.System += len(system)
	for pair, n := range both { // every mention of the pair scores the same: no order in the sums of whole numbers
		b.Precision += float64(n*n) / float64(systemSize[pair[1]])
		b.Recall += float64(n*n) / float64(goldSize[pair[0]])
	}
}

// ChainOf gives the chain of each name of a person or body; a name outside the
// chains is one by itself.
func (a *Article) ChainOf() map[document.Span]int {
	out := map[document.Span]int{}
	for i, n := range a.Names {
		if n.Type == "PER" || n.Type == "ORG" {
			out[n.Span] = len(a.Chains) + i
		}
	}
	for c, chain := range a.Chains {
		for _, m := range chain.Mentions {
			out[a.Names[m].Span] = c
		}
	}
	return out
}

// EntityOf gives the entity of each name of a person or body in the layer.
func EntityOf(a *document.Article) map[document.Span]int {
	out := map[document.Span]int{}
	for i, e := range a.Entities {
		if e.Type != "PER" && e.Type != "ORG" {
			continue
		}
		for _, m := range e.Mentions {
			if m.Form == "name" {
				out[m.Span] = i
			}
		}
	}
	return out
}
