-- Numbers of readings were kept with seven digits; now they are kept to the letter, as four decimals or what was said.
ALTER TABLE readings ALTER film_confidence TYPE DOUBLE USING round(film_confidence::DOUBLE, 4);
ALTER TABLE segments ALTER spoiler TYPE DOUBLE USING round(spoiler::DOUBLE, 4);
ALTER TABLE segments ALTER confidence TYPE DOUBLE USING round(confidence::DOUBLE, 4);
ALTER TABLE mentions ALTER confidence TYPE DOUBLE USING round(confidence::DOUBLE, 4);
ALTER TABLE credits ALTER confidence TYPE DOUBLE USING round(confidence::DOUBLE, 4);
ALTER TABLE relations ALTER confidence TYPE DOUBLE USING round(confidence::DOUBLE, 4);
ALTER TABLE opinions ALTER confidence TYPE DOUBLE USING round(confidence::DOUBLE, 4);
ALTER TABLE verdicts ALTER sentiment TYPE DOUBLE USING round(sentiment::DOUBLE, 4);
ALTER TABLE verdicts ALTER stars TYPE DOUBLE USING round(stars::DOUBLE, 4);
ALTER TABLE links ALTER probability TYPE DOUBLE USING round(probability::DOUBLE, 4);
