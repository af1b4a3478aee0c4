/** The continued fraction of the incomplete beta function converges long before. */
const MOST_TERMS = 500;
const SMALLEST = 1e-300;

/** The quantiles that were asked for: a comparison asks for the same one again and again. */
const known = new Map<string, number>();
const MOST_KNOWN = 1000;

/**
 * t with P(|T| ≤ t) = `level` under Student's distribution with `df` degrees of freedom; ∞ for df < 1. To 1e−10, by bisecting
 * P(|T| > t) = I_x(df/2, 1/2) with x = df/(df + t²) (Abramowitz and Stegun 26.7.1).
 */
export function tQuantile(level: number, df: number): number {
  if (!(df >= 1)) return Number.POSITIVE_INFINITY;
  const key = `${level} ${df}`;
  const quantile = known.get(key) ?? bisected(level, df);
  if (known.size < MOST_KNOWN) known.set(key, quantile);
  return quantile;
}

function bisected(level: number, df: number): number {
  const outside = 1 - level;
  const lies = (t: number) => incompleteBeta(df / (df + t * t), df / 2, 0.5);
  let high = 1;
  while (lies(high) > outside) high *= 2;
  let low = 0;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (lies(middle) > outside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b), 0…1: Lentz's continued fraction (Press et al., “Numerical Recipes”, §6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** Lanczos' approximation with g = 7 and nine terms, to 1e−15. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = LANCZOS.reduce((total, c, i) => (i === 0 ? c : total + c / (z + i)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
