#include "textflag.h"

// The sums of rows of init and the products of rows of a with a panel of 16
// columns, put into c. One row uses two accumulators; b is read once for all rows. A product is rounded before it
// is added (no FMA), so that the portable code gives the same bits.

// ROW adds to the accumulators lo and hi the element at a times the panel's row.
#define ROW(a, lo, hi) \
	VBROADCASTSS a, Y2     \
	VMULPS       Y0, Y2, Y3 \
	VADDPS       Y3, lo, lo \
	VMULPS       Y1, Y2, Y3 \
	VADDPS       Y3, hi, hi

#define ARGS \
	MOVQ c+0(FP), SI    \
	MOVQ ldc+8(FP), DX  \
	MOVQ a+16(FP), AX   \
	MOVQ lda+24(FP), BX \
	MOVQ b+32(FP), DI   \
	MOVQ k+40(FP), CX   \
	MOVQ init+48(FP), R12 \
	MOVQ ldi+56(FP), R13 \
	LEAQ (AX)(BX*2), R8 \
	ADDQ BX, R8         \
	LEAQ (SI)(DX*2), R9 \
	ADDQ DX, R9

#define PANEL \
	VMOVUPS (DI), Y0   \
	VMOVUPS 32(DI), Y1

#define NEXT \
	ADDQ $64, DI \
	ADDQ $4, AX  \
	ADDQ $4, R8  \
	DECQ CX

// func mul6x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul6x16(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Y4
	VMOVUPS 32(R12), Y5
	VMOVUPS (R12)(R13*1), Y6
	VMOVUPS 32(R12)(R13*1), Y7
	VMOVUPS (R12)(R13*2), Y8
	VMOVUPS 32(R12)(R13*2), Y9
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Y10
	VMOVUPS 32(R12), Y11
	VMOVUPS (R12)(R13*1), Y12
	VMOVUPS 32(R12)(R13*1), Y13
	VMOVUPS (R12)(R13*2), Y14
	VMOVUPS 32(R12)(R13*2), Y15

loop6:
	PANEL
	ROW((AX), Y4, Y5)
	ROW((AX)(BX*1), Y6, Y7)
	ROW((AX)(BX*2), Y8, Y9)
	ROW((R8), Y10, Y11)
	ROW((R8)(BX*1), Y12, Y13)
	ROW((R8)(BX*2), Y14, Y15)
	NEXT
	JNZ loop6
	VMOVUPS Y4, (SI)
	VMOVUPS Y5, 32(SI)
	VMOVUPS Y6, (SI)(DX*1)
	VMOVUPS Y7, 32(SI)(DX*1)
	VMOVUPS Y8, (SI)(DX*2)
	VMOVUPS Y9, 32(SI)(DX*2)
	VMOVUPS Y10, (R9)
	VMOVUPS Y11, 32(R9)
	VMOVUPS Y12, (R9)(DX*1)
	VMOVUPS Y13, 32(R9)(DX*1)
	VMOVUPS Y14, (R9)(DX*2)
	VMOVUPS Y15, 32(R9)(DX*2)
	VZEROUPPER
	RET

// func mul4x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul4x16(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Y4
	VMOVUPS 32(R12), Y5
	VMOVUPS (R12)(R13*1), Y6
	VMOVUPS 32(R12)(R13*1), Y7
	VMOVUPS (R12)(R13*2), Y8
	VMOVUPS 32(R12)(R13*2), Y9
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Y10
	VMOVUPS 32(R12), Y11

loop4:
	PANEL
	ROW((AX), Y4, Y5)
	ROW((AX)(BX*1), Y6, Y7)
	ROW((AX)(BX*2), Y8, Y9)
	ROW((R8), Y10, Y11)
	NEXT
	JNZ loop4
	VMOVUPS Y4, (SI)
	VMOVUPS Y5, 32(SI)
	VMOVUPS Y6, (SI)(DX*1)
	VMOVUPS Y7, 32(SI)(DX*1)
	VMOVUPS Y8, (SI)(DX*2)
	VMOVUPS Y9, 32(SI)(DX*2)
	VMOVUPS Y10, (R9)
	VMOVUPS Y11, 32(R9)
	VZEROUPPER
	RET

// func mul2x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul2x16(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Y4
	VMOVUPS 32(R12), Y5
	VMOVUPS (R12)(R13*1), Y6
	VMOVUPS 32(R12)(R13*1), Y7

loop2:
	PANEL
	ROW((AX), Y4, Y5)
	ROW((AX)(BX*1), Y6, Y7)
	NEXT
	JNZ loop2
	VMOVUPS Y4, (SI)
	VMOVUPS Y5, 32(SI)
	VMOVUPS Y6, (SI)(DX*1)
	VMOVUPS Y7, 32(SI)(DX*1)
	VZEROUPPER
	RET

// func mul1x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul1x16(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Y4
	VMOVUPS 32(R12), Y5

loop1:
	PANEL
	ROW((AX), Y4, Y5)
	NEXT
	JNZ loop1
	VMOVUPS Y4, (SI)
	VMOVUPS Y5, 32(SI)
	VZEROUPPER
	RET

// The same with 512-bit registers: a row of the panel is one of them. The order of
// operations, and so every bit of the result, is that of the code above.

// ROW512 adds to sum the element at a times the panel's row.
#define ROW512(a, sum) \
	VMULPS.BCST a, Z0, Z1 \
	VADDPS      Z1, sum, sum

#define ARGS512 \
	LEAQ (R8)(BX*2), R10 \
	ADDQ BX, R10         \
	LEAQ (R10)(BX*2), R11 \
	ADDQ BX, R11         \
	LEAQ (R9)(DX*2), R12 \
	ADDQ DX, R12         \
	LEAQ (R12)(DX*2), R13 \
	ADDQ DX, R13

// func mul12x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul12x16wide(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Z4
	VMOVUPS (R12)(R13*1), Z5
	VMOVUPS (R12)(R13*2), Z6
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Z7
	VMOVUPS (R12)(R13*1), Z8
	VMOVUPS (R12)(R13*2), Z9
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Z10
	VMOVUPS (R12)(R13*1), Z11
	VMOVUPS (R12)(R13*2), Z12
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Z13
	VMOVUPS (R12)(R13*1), Z14
	VMOVUPS (R12)(R13*2), Z15
	ARGS512

wide12:
	VMOVUPS (DI), Z0
	ROW512((AX), Z4)
	ROW512((AX)(BX*1), Z5)
	ROW512((AX)(BX*2), Z6)
	ROW512((R8), Z7)
	ROW512((R8)(BX*1), Z8)
	ROW512((R8)(BX*2), Z9)
	ROW512((R10), Z10)
	ROW512((R10)(BX*1), Z11)
	ROW512((R10)(BX*2), Z12)
	ROW512((R11), Z13)
	ROW512((R11)(BX*1), Z14)
	ROW512((R11)(BX*2), Z15)
	ADDQ $64, DI
	ADDQ $4, AX
	ADDQ $4, R8
	ADDQ $4, R10
	ADDQ $4, R11
	DECQ CX
	JNZ wide12
	VMOVUPS Z4, (SI)
	VMOVUPS Z5, (SI)(DX*1)
	VMOVUPS Z6, (SI)(DX*2)
	VMOVUPS Z7, (R9)
	VMOVUPS Z8, (R9)(DX*1)
	VMOVUPS Z9, (R9)(DX*2)
	VMOVUPS Z10, (R12)
	VMOVUPS Z11, (R12)(DX*1)
	VMOVUPS Z12, (R12)(DX*2)
	VMOVUPS Z13, (R13)
	VMOVUPS Z14, (R13)(DX*1)
	VMOVUPS Z15, (R13)(DX*2)
	VZEROUPPER
	RET

// func mul6x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul6x16wide(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Z4
	VMOVUPS (R12)(R13*1), Z5
	VMOVUPS (R12)(R13*2), Z6
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Z7
	VMOVUPS (R12)(R13*1), Z8
	VMOVUPS (R12)(R13*2), Z9
	ARGS512

wide6:
	VMOVUPS (DI), Z0
	ROW512((AX), Z4)
	ROW512((AX)(BX*1), Z5)
	ROW512((AX)(BX*2), Z6)
	ROW512((R8), Z7)
	ROW512((R8)(BX*1), Z8)
	ROW512((R8)(BX*2), Z9)
	ADDQ $64, DI
	ADDQ $4, AX
	ADDQ $4, R8
	DECQ CX
	JNZ wide6
	VMOVUPS Z4, (SI)
	VMOVUPS Z5, (SI)(DX*1)
	VMOVUPS Z6, (SI)(DX*2)
	VMOVUPS Z7, (R9)
	VMOVUPS Z8, (R9)(DX*1)
	VMOVUPS Z9, (R9)(DX*2)
	VZEROUPPER
	RET

// func mul4x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
TEXT ·mul4x16wide(SB), NOSPLIT, $0-64
	ARGS
	VMOVUPS (R12), Z4
	VMOVUPS (R12)(R13*1), Z5
	VMOVUPS (R12)(R13*2), Z6
	LEAQ (R12)(R13*2), R12
	ADDQ R13, R12
	VMOVUPS (R12), Z7
	ARGS512

wide4:
	VMOVUPS (DI), Z0
	ROW512((AX), Z4)
	ROW512((AX)(BX*1), Z5)
	ROW512((AX)(BX*2), Z6)
	ROW512((R8), Z7)
	ADDQ $64, DI
	ADDQ $4, AX
	ADDQ $4, R8
	DECQ CX
	JNZ wide4
	VMOVUPS Z4, (SI)
	VMOVUPS Z5, (SI)(DX*1)
	VMOVUPS Z6, (SI)(DX*2)
	VMOVUPS Z7, (R9)
	VZEROUPPER
	RET

// Constants of the sigmoid, in the order of lstm.go.
DATA consts<>+0(SB)/4, $0x3fb8aa3b  // log2(e)
DATA consts<>+4(SB)/4, $0x4b400000  // 3<<22
DATA consts<>+8(SB)/4, $0x3aaec3ff  // ln(2)^5/120
DATA consts<>+12(SB)/4, $0x3c1d955b // ln(2)^4/24
DATA consts<>+16(SB)/4, $0x3d635847 // ln(2)^3/6
DATA consts<>+20(SB)/4, $0x3e75fdf0 // ln(2)^2/2
DATA consts<>+24(SB)/4, $0x3f317218 // ln(2)
DATA consts<>+28(SB)/4, $0x3f800000 // 1
DATA consts<>+32(SB)/4, $0x42a00000 // 80
DATA consts<>+36(SB)/4, $0xc2a00000 // -80
DATA consts<>+40(SB)/4, $0x80000000 // the sign
GLOBL consts<>(SB), RODATA|NOPTR, $44

// SIGMOID replaces x by its sigmoid; it uses Y13 and Y14. Y4 to Y12 hold log2(e),
// 3<<22, C5, C4, C3, C2, C1, 1 and the sign; R10 points to the constants.
#define SIGMOID(x) \
	VXORPS       Y12, x, x      \
	VBROADCASTSS 36(R10), Y13   \
	VMAXPS       Y13, x, x      \
	VBROADCASTSS 32(R10), Y13   \
	VMINPS       Y13, x, x      \
	VMULPS       Y4, x, x       \
	VADDPS       Y5, x, Y13     \
	VSUBPS       Y5, Y13, Y13   \
	VSUBPS       Y13, x, x      \
	VCVTPS2DQ    Y13, Y13       \
	VPSLLD       $23, Y13, Y13  \
	VMULPS       Y6, x, Y14     \
	VADDPS       Y7, Y14, Y14   \
	VMULPS       x, Y14, Y14    \
	VADDPS       Y8, Y14, Y14   \
	VMULPS       x, Y14, Y14    \
	VADDPS       Y9, Y14, Y14   \
	VMULPS       x, Y14, Y14    \
	VADDPS       Y10, Y14, Y14  \
	VMULPS       x, Y14, Y14    \
	VADDPS       Y11, Y14, Y14  \
	VPADDD       Y13, Y14, Y14  \
	VADDPS       Y11, Y14, Y14  \
	VDIVPS       Y14, Y11, x

// TANH replaces x by its hyperbolic tangent: 2·sigmoid(2x)-1.
#define TANH(x) \
	VADDPS x, x, x    \
	SIGMOID(x)        \
	VADDPS x, x, x    \
	VSUBPS Y11, x, x

// func cellAVX2(gates, previous, cell, hidden *float32, n uintptr)
TEXT ·cellAVX2(SB), NOSPLIT, $0-40
	MOVQ gates+0(FP), AX
	MOVQ previous+8(FP), BX
	MOVQ cell+16(FP), DI
	MOVQ hidden+24(FP), SI
	MOVQ n+32(FP), CX
	LEAQ consts<>(SB), R10
	MOVQ CX, DX
	SHLQ $2, DX
	LEAQ (AX)(DX*2), R8
	VBROADCASTSS (R10), Y4
	VBROADCASTSS 4(R10), Y5
	VBROADCASTSS 8(R10), Y6
	VBROADCASTSS 12(R10), Y7
	VBROADCASTSS 16(R10), Y8
	VBROADCASTSS 20(R10), Y9
	VBROADCASTSS 24(R10), Y10
	VBROADCASTSS 28(R10), Y11
	VBROADCASTSS 40(R10), Y12

loop:
	VMOVUPS (AX), Y0         // input gate
	SIGMOID(Y0)
	VMOVUPS Y0, (AX)
	VMOVUPS (AX)(DX*1), Y1   // forget gate
	SIGMOID(Y1)
	VMOVUPS Y1, (AX)(DX*1)
	VMOVUPS (R8), Y2         // candidate
	TANH(Y2)
	VMOVUPS Y2, (R8)
	VMOVUPS (R8)(DX*1), Y3   // output gate
	SIGMOID(Y3)
	VMOVUPS Y3, (R8)(DX*1)
	VMULPS  (BX), Y1, Y1
	VMULPS  Y2, Y0, Y0
	VADDPS  Y0, Y1, Y1
	VMOVUPS Y1, (DI)
	TANH(Y1)
	VMULPS  Y3, Y1, Y1
	VMOVUPS Y1, (SI)
	ADDQ $32, AX
	ADDQ $32, R8
	ADDQ $32, BX
	ADDQ $32, DI
	ADDQ $32, SI
	SUBQ $8, CX
	JNZ  loop
	VZEROUPPER
	RET
