-- The named functions that core, mart and submission are written in. A second engine defines the same names with the
-- same meaning and runs the same models. Dates are calendar dates, moments are UTC timestamps without a zone.

-- Decimal days from one moment to another: 36 hours are 1.5. Negative when the second comes first.
create macro days_between(earlier, later) as cast(epoch_us(later) - epoch_us(earlier) as double) / 86400000000;

-- Decimal days of a number of hours.
create macro days_of_hours(hours) as cast(hours as double) / 24;

-- Whole calendar days from one date to another.
create macro day_count(earlier, later) as date_diff('day', earlier, later);

-- Decimal hours from one moment to another, and the moment so many hours on.
create macro hours_between(earlier, later) as cast(epoch_us(later) - epoch_us(earlier) as double) / 3600000000;
create macro add_hours(moment, hours) as
  moment + to_microseconds(cast(cast(hours as decimal(18, 4)) * 3600000000 as bigint));


-- Hours as calendar days, begun ones whole: 24 are 1, 25 are 2.
create macro whole_days_of_hours(hours) as cast(ceil(cast(hours as double) / 24) as integer);

create macro add_days(day, days) as cast(day + cast(days as integer) as date);

-- The same day so many months on; the last of the month where that month is shorter (31 August + 6 = 28 February).
create macro add_months(day, months) as cast(day + to_months(cast(months as integer)) as date);

-- The midnight a day begins with, read as UTC.
create macro start_of(day) as cast(day as timestamp);
create macro date_of(moment) as cast(moment as date);
create macro month_of(day) as cast(date_trunc('month', day) as date);
create macro month_end_of(day) as last_day(day);
create macro year_of(day) as year(day);
create macro month_number_of(day) as month(day);
-- 1 Monday to 7 Sunday
create macro weekday_of(day) as isodow(day);

-- First day of a month named by numbers; null where either is not known.
create macro month_from(year_number, month_number) as
  make_date(cast(year_number as bigint), cast(month_number as bigint), cast(1 as bigint));

-- The last moment before this one, so that midnight closes the day before rather than opening the next.
create macro just_before(moment) as moment - interval 1 microsecond;

-- The later, the earlier of two; where one is not known, the other.
create macro later_of(one, other) as greatest(one, other);
create macro earlier_of(one, other) as least(one, other);

-- The value that goes with the earliest moment; of equals the first in order. Values not known are passed over.
create macro first_by(value, moment) as arg_min(value, row(moment, value));

-- a ÷ b; null where b is 0.
create macro ratio(a, b) as cast(a as double) / nullif(cast(b as double), 0);

-- Whole part of a ÷ b, both whole numbers.
create macro whole_ratio(a, b) as a // nullif(b, 0);

-- The smallest whole number not below a ÷ 2 to the power of `halvings`, both whole.
create macro halved(a, halvings) as
  case
    when a >= 0 then (a + (cast(1 as bigint) << least(halvings, 40)) - 1) // (cast(1 as bigint) << least(halvings, 40))
    else a // (cast(1 as bigint) << least(halvings, 40))
  end;

-- Counts kept side by side in one whole number, so that one sum adds them all: each has its own decimal places, beginning
-- at `unit` (1, 1000, …) and `width` values wide. Right as long as no count goes below 0 or reaches its width.
create macro count_at(counts, unit, width) as (counts // unit) % width;

-- Share left after shares h have gone one after the other: the product of 1 − h; those not known are passed over.
create macro share_left(gone) as product(1 - gone);

-- Dollars of a whole number of cents, and back: exact, for sums that must not depend on their order.
create macro dollars_of(cents) as cast(cast(cents as decimal(18, 0)) * 0.01 as decimal(18, 2));
create macro cents_of(dollars) as cast(dollars * 100 as bigint);

-- Whether a date as a registry writes it (YYYY, YYYYMM or YYYYMMDD) is later than another, as far as both are told: March
-- 2021 is later than 28 February 2021, and not later than the first of March.
create macro is_later(one, other) as
  substr(trim(one), 1, cast(least(length(trim(one)), length(trim(other))) as integer))
  > substr(trim(other), 1, cast(least(length(trim(one)), length(trim(other))) as integer));

-- Quantile by linear interpolation, over doubles: on decimals the engine would cut digits off.
create macro quantile_of(value, p) as quantile_cont(cast(value as double), p);

-- For staging only ---------------------------------------------------------------------------------------------------

-- UTC of a moment told by a wall clock, with that day's row of staging.clock (`turn`); days out of its range the slow
-- way. A moment the clock skipped is the moment it was put on, so that a later wall time is never an earlier moment.
create macro utc_at(moment, zone, turn) as
  case
    when moment is null or zone = 'UTC' then moment
    when turn is null then make_timestamp(epoch_us(timezone(zone, moment)))
    when turn.changes_at is null then moment - to_seconds(turn.before_seconds)
    when moment < turn.changes_at
      then least(moment - to_seconds(turn.before_seconds), turn.changes_at - to_seconds(turn.after_seconds))
    else moment - to_seconds(turn.after_seconds)
  end;

-- Calendar date, in the facility's zone, of a moment told by the clock of another zone.
create macro date_at(moment, clock, zone) as
  case
    when moment is null or clock = zone then cast(moment as date)
    else cast(timezone(zone, timezone(clock, moment)) as date)
  end;

-- Code as all systems write it: no dot, no spaces, upper case.
create macro plain_code(code) as replace(upper(trim(code)), '.', '');

-- Claim adjustment reason code without its group code: CO-50, CO50 and 50 are one.
create macro plain_reason(code) as regexp_replace(upper(trim(code)), '^(CO|CR|OA|PI|PR)-?', '');

-- Date of YYYY, YYYYMM or YYYYMMDD; what is left out is taken as the first. Null when there is no such date.
create macro registry_date(written) as
  cast(try_strptime(
    case length(trim(written))
      when 8 then trim(written)
      when 6 then trim(written) || '01'
      when 4 then trim(written) || '0101'
    end,
    '%Y%m%d'
  ) as date);

-- Parts of such a date, each null where it is not told or cannot be.
create macro date_year(written) as
  case when substr(trim(written), 1, 4) between '1800' and '2099' then try_cast(substr(trim(written), 1, 4) as integer) end;
create macro date_month(written) as
  case
    when date_year(written) is not null and substr(trim(written), 5, 2) between '01' and '12'
      then try_cast(substr(trim(written), 5, 2) as integer)
  end;
create macro date_day(written) as
  case when length(trim(written)) = 8 then day(registry_date(written)) end;

-- Number of a grouper version however it is written: `v41.1`, `411` and `MS-DRG 41.1` are 41.1, `V42.0` and `42` are 42.
create macro drg_version_number(version) as
  nullif(
    regexp_extract(version, '(\d{2})\.?(\d)?', 1)
    || case when regexp_extract(version, '(\d{2})\.?(\d)?', 2) in ('', '0') then '' else '.' end
    || replace(regexp_extract(version, '(\d{2})\.?(\d)?', 2), '0', ''),
    ''
  );

-- Whether a code has the structure of its code set (measures 1.6); null where the set has none that is public.
create macro is_well_formed(code_set, code) as
  case
    when code_set in ('ICD10CM', 'ADMIT_DX', 'VISIT_REASON') then regexp_full_match(code, '[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}')
    when code_set = 'ICD10PCS' then regexp_full_match(code, '[0-9A-HJ-NP-Z]{7}')
    when code_set = 'CPT' then regexp_full_match(code, '[0-9]{4}[0-9A-Z]')
    when code_set = 'HCPCS' then regexp_full_match(code, '[A-V][0-9]{4}')
  end;
