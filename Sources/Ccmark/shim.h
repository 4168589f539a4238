// libcmark, the CommonMark parser; imported by one file of AnalysisDocument.
#ifndef MEIER_CCMARK_SHIM_H
#define MEIER_CCMARK_SHIM_H

#include <cmark.h>

#endif
