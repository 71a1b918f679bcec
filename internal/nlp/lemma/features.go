package lemma

import "strings"

// Where the features of each kind start in the weights of a part of speech.
const (
	steps    = 8 // of counts, shares and lengths
	whole    = 0
	wholeLen = whole + 3
	bias     = wholeLen + 2*steps
	headStep = bias + 3
	headPart = headStep + 2*steps*steps
	firstLen = headPart + partKinds*4
	lastLen  = firstLen + partKinds*steps
	crossing = lastLen + 2*steps
	sharing  = crossing + steps*steps
	partStep = sharing + steps*steps
	// Features is how many weights a part of speech has.
	Features = partStep + steps*steps
)

// wholeFeatures describe a form that is not split.
func wholeFeatures(dst []uint16, form string) []uint16 {
	dst = append(dst, whole, wholeLen+uint16(min(len(form), 2*steps-1)))
	if strings.Contains(form, "-") {
		dst = append(dst, whole+1)
	}
	if shapeOf(form) != lower {
		dst = append(dst, whole+2)
	}
	return dst
}

// features describe a form that is split.
func (c *cut) features(dst []uint16, form string) []uint16 {
	known := oneIf(c.headKnown)
	count, share, partCount, partShare := uint16(7), uint16(7), uint16(7), uint16(7)
	if c.headHere {
		count, share = uint16(c.headStat&7), uint16(c.headStat>>4&7)
	}
	if c.part == partListed || c.part == partElse {
		partCount, partShare = uint16(c.partStat&7), uint16(c.partStat>>4&7)
	}
	part := uint16(c.part)
	first, last := uint16(min(c.at, steps)-1), uint16(min(len(form)-c.at, steps)-1)
	dst = append(dst, bias,
		headStep+(known*steps+count)*steps+share,
		headPart+part*4+known*2+oneIf(c.hyphen),
		firstLen+part*steps+first,
		lastLen+known*steps+last,
		crossing+count*steps+partCount,
		sharing+share*steps+partShare,
		partStep+partCount*steps+partShare)
	if c.hyphen {
		dst = append(dst, bias+1)
	}
	return dst
}
