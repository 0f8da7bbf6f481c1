-- Randomness without a generator: every draw is a hash of the seed, a name for the draw and the row's own number.
-- The same arguments give the same hospital, on any number of threads and in any order.

-- Uniform in [0, 1). The outer hash matters: DuckDB combines hashes by exclusive or, so without it two draws of one row
-- would differ by the same bits everywhere.
create macro u(id, draw) as (hash(hash(getvariable('seed'), draw, id)) >> 11)::double / 9007199254740992.0;

-- Normal with mean 0 and deviation 1 (Box and Muller 1958).
create macro normal(id, draw) as sqrt(-2 * ln(1 - u(id, draw || ' radius'))) * cos(2 * pi() * u(id, draw || ' angle'));

-- Log-normal about its median; sigma is the deviation of its logarithm.
create macro lognormal(id, draw, median, sigma) as median * exp(sigma * normal(id, draw));

-- One of a list, each as likely as the other; a code written twice is twice as likely.
create macro pick(id, draw, list) as list[1 + floor(u(id, draw) * len(list))::integer];

-- Which of 1 .. n.
create macro die(id, draw, n) as 1 + floor(u(id, draw) * n)::integer;
