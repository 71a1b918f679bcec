package matrix

import "math"

// Cell advances one row of an LSTM (Hochreiter & Schmidhuber 1997, with forget
// gate): gates holds the n input, n forget, n candidate and n output
// pre-activations, which it replaces by their activations; previous is the cell
// state before, cell and hidden take the new cell state and output. n = len(cell)
// must be a multiple of 8. cell and previous may be the same slice.
func Cell(gates, previous, cell, hidden []float32) {
	n := len(cell)
	if n%8 != 0 || len(gates) < 4*n || len(previous) < n || len(hidden) < n {
		panic("matrix: the rows of an LSTM cell do not fit")
	}
	if n > 0 {
		cellRow(gates, previous, cell, hidden)
	}
}

func cellPortable(gates, previous, cell, hidden []float32) {
	n := len(cell)
	in, forget, candidate, out := gates[:n], gates[n:2*n], gates[2*n:3*n], gates[3*n:4*n]
	for j := range cell {
		in[j], forget[j], out[j] = Sigmoid(in[j]), Sigmoid(forget[j]), Sigmoid(out[j])
		candidate[j] = Tanh(candidate[j])
		v := float32(forget[j]*previous[j]) + float32(in[j]*candidate[j])
		cell[j] = v
		hidden[j] = float32(out[j] * Tanh(v))
	}
}

// The exponential is 2^n·2^f with |f| <= 1/2, the second factor by its Taylor
// series: the coefficients are ln(2)^k/k!. Its relative error is below 3e-6.
const (
	limit   = 80 // of the exponent: keeps 2^n a normal number
	log2e   = float32(math.Log2E)
	magic   = float32(3 << 22) // adding and taking it off rounds to an integer
	expC1   = float32(math.Ln2)
	expC2   = float32(math.Ln2 * math.Ln2 / 2)
	expC3   = float32(math.Ln2 * math.Ln2 * math.Ln2 / 6)
	expC4   = float32(math.Ln2 * math.Ln2 * math.Ln2 * math.Ln2 / 24)
	expC5   = float32(math.Ln2 * math.Ln2 * math.Ln2 * math.Ln2 * math.Ln2 / 120)
	expBias = 23 // bits of the mantissa
)

// Sigmoid is 1/(1+exp(-x)), within 2e-6.
func Sigmoid(x float32) float32 {
	y := min(max(-x, -limit), limit)
	t := float32(y * log2e)
	n := float32(t+magic) - magic
	f := t - n
	p := float32(float32(expC5*f)+expC4) * f
	p = float32(float32(p+expC3) * f)
	p = float32(float32(p+expC2) * f)
	p = float32(float32(p+expC1)*f) + 1
	e := math.Float32frombits(math.Float32bits(p) + uint32(int32(n))<<expBias)
	return 1 / (1 + e)
}

// Tanh is the hyperbolic tangent, within 4e-6.
func Tanh(x float32) float32 { return float32(2*Sigmoid(2*x)) - 1 }
