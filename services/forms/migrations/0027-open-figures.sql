-- What everybody may know of a product by year: how many asked, how long it took and which mark it got.
set lock_timeout = '5s';

create table forms.open_figures (
    product text not null,
    year integer not null,
    asked integer not null,
    decided integer not null,
    median_days integer,
    most_days integer,
    marks integer not null,
    mark numeric(3, 1),
    counted_on date not null,
    primary key (product, year)
);
