// The page on effects that change with time.

extension ManualTopic {
  static let timeVaryingEffects = ManualTopic(
    "time-varying-effects", "Effects and covariates that change during follow-up.",
    """
    `{proportional-hazards}` tests whether hazard ratios are the same throughout. Where one is not, a single hazard ratio is \
    an average over the follow-up that depends on censoring. There are four ways on.

    **Stratify.** `os ~ age + strata(karno_group)` gives each group a baseline of its own. Nothing is said about the effect \
    of the groups any more: for variables that are adjusted for, not for those of interest.

    **Split the follow-up.** A data set cuts each row at times, and the effect gets one hazard ratio per interval:

        ```{data #split}
        from: registry
        split: {outcome: os, at: [90, 180], interval: period}
        ```

        ```{cox #by_period}
        data: split
        formula: os ~ age + karno:period
        ```

    In `split` the outcome `os` is `Surv(os_start, os_stop, os_event)`, and `period` has the levels "up to 90", "90 to 180" \
    and "over 180" (`labels:` names them otherwise). `by_period["karno:period", "over 180"].hr` is the hazard ratio of that \
    interval. Write `karno:period`, without `karno` and `period` by themselves: the interval is the same for all who are at \
    risk at a time, so that it has no effect of its own. Splitting alone changes nothing: `os ~ age + karno` gives the \
    coefficients it gave before. The times are the author's choice, and should be chosen before the data are seen; rows stand \
    for parts of patients, whose numbers belong to the data set before the split. R: `survSplit`, then \
    `coxph(Surv(tstart, time, status) ~ age + karno:strata(period))`; this also stands for `tt()`.

    **A treatment that begins during follow-up** is no group at the start: those who get it have lived until then (immortal \
    time). Split each row at its own time; rows without one stay before it:

        ```{data #by_transplant}
        from: registry
        split: {outcome: os, at: transplant_day, interval: transplant, labels: [before, after]}
        ```

    and `os ~ age + transplant`. R: `tmerge` with `tdc()`. Where covariates change more often, the file has one row per \
    interval, and the outcome is `Surv(start, stop, died == 1)`.

    **Age as the time scale.** `Surv(age_at_entry, age_at_exit, died == 1)` compares people of the same age; `split` at ages \
    gives effects by age band. A **landmark** (`landmark: 90` in `{kaplan-meier}`, `{cox}`) starts the clock later and leaves \
    out who did not get that far. **Restricted means** (`{restricted-mean}`) and `{milestone}` describe differences without \
    any assumption about hazards.
    """)
}
