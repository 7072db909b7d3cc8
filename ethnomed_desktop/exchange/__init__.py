"""The exported file of EM-Sync 1 (see FORMAT.md); no database, no Qt, nothing but bytes and rules.

``identity`` keys of an installation · ``sshsig`` signatures · ``statements``, ``certificates``,
``joining``, ``authority`` who may do what · ``segments`` sealed pieces of a log · ``bundles`` the
file, written · ``reader`` the file, read · ``planning`` what to send and what is still missing.
"""
