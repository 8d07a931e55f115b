"""Complex numbers: conjugate, conjugate transpose, real and imaginary part, the imaginary unit.

A derivative by a complex variable is Wirtinger's, half of d/dRe - i d/dIm (Matrix Cookbook, chapter 4); for an
analytic function that is the complex derivative.
"""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR
from texgrad.ops.table import Example, Op, elementwise, same_shape, transpose

OPS = (
    Op("conjugate", "complex conjugate", same_shape, np.conj, spellings=("conj",), elementwise=True,
       examples=(Example(r"\operatorname{conj}(z) = \Re z - \mathrm{i} \Im z", "z scalar complex"),)),
    Op("adjoint", "conjugate transpose", lambda u, x: (x[1], x[0]), lambda x: np.conj(transpose(x)), form="structure",
       examples=(Example(r"(X Y)^H = Y^H X^H", "X in C^{m x n}; Y in C^{n x p}"),)),
    elementwise("real", "real part", lambda x: np.real(x) + 0.0, ("\\Re", "Re"),
                (Example(r"\frac{\partial \Re z}{\partial z} = \frac{1}{2}", "z scalar complex"),)),
    elementwise("imag", "imaginary part", lambda x: np.imag(x) + 0.0, ("\\Im", "Im"),
                (Example(r"\Re(z)^2 + \Im(z)^2 = z z^*", "z scalar complex"),)),
    Op("imaginary_unit", "the imaginary unit", form="structure", infer=lambda t, e: SCALAR,
       run=lambda env, e: env.constant(np.asarray(1j)),
       examples=(Example(r"\Re(\mathrm{i} z) = -\Im z", "z scalar complex"),)),
)  # fmt: skip
